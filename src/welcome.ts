/** What the start has to say. */
export interface WelcomeFacts {
  readonly baseUrl: string;
  readonly evaluation: boolean;
  readonly administrator: { readonly username: string; readonly oneTimePassword: string } | null;
  readonly departments: readonly { readonly code: string; readonly kind: string }[];
}

function addresses({ baseUrl, departments, evaluation }: WelcomeFacts): readonly string[] {
  const shown = departments.find(({ kind }) => kind === 'clinical') ?? departments[0];
  const lines: (readonly [string, string])[] = [
    ['/', '首页 campaign home'],
    ...(shown ? [[`/s/${shown.code}`, '患者答卷 survey of a department'] as const] : []),
    ['/login', '职工登录 staff log in'],
    ['/worklist', '满意度回访 follow-up calls'],
    ['/scorecards', '科室满意度月报 scorecards'],
    ['/office/deliveries', '月报送达情况 deliveries'],
    ...(evaluation ? [['/mailbox', '截获的邮件 mails caught, none leaves this machine'] as const] : []),
    ['/readyz', '健康检查 readiness'],
  ];
  return lines.map(([path, what]) => `  ${baseUrl}${path}  `.padEnd(54) + what);
}

/** The text printed once the service is ready: where to look and, at the very first start, how to log in. */
export function welcome(facts: WelcomeFacts): string {
  const { administrator, evaluation } = facts;
  return [
    `${evaluation ? '试用模式 evaluation mode: ' : ''}已就绪 ready at ${facts.baseUrl}`,
    ...addresses(facts),
    ...(administrator
      ? [
          `  管理员 administrator: ${administrator.username}`,
          `  一次性密码 one-time password (shown only now): ${administrator.oneTimePassword}`,
        ]
      : []),
  ].join('\n');
}
