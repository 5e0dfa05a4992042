import type { TellProgress } from './demo/build-demonstration.ts';
import type { DemonstrationReport } from './demo/demonstration.ts';

/** What the start has to say. */
export interface WelcomeFacts {
  readonly baseUrl: string;
  readonly staffBaseUrl: string;
  readonly evaluation: boolean;
  readonly administrator: { readonly username: string; readonly oneTimePassword: string } | null;
  /** The demonstration hospital this start made, if it made one. */
  readonly demonstration: DemonstrationReport | null;
  readonly departments: readonly { readonly code: string; readonly kind: string }[];
}

const line = (base: string, [path, what]: readonly [string, string]): string =>
  `  ${base}${path}  `.padEnd(54) + what;

function addresses({ baseUrl, staffBaseUrl, departments, evaluation }: WelcomeFacts): readonly string[] {
  const shown = departments.find(({ kind }) => kind === 'clinical') ?? departments[0];
  const forPatients: (readonly [string, string])[] = [
    ['/', '首页 campaign home'],
    ...(shown ? [[`/s/${shown.code}`, '患者答卷 survey of a department'] as const] : []),
  ];
  const forStaff: (readonly [string, string])[] = [
    ['/login', '职工登录 staff log in'],
    ['/worklist', '满意度回访 follow-up calls'],
    ['/scorecards', '科室满意度月报 scorecards'],
    ['/office/deliveries', '月报送达情况 deliveries'],
    ...(evaluation ? [['/mailbox', '截获的邮件 mails caught, none leaves this machine'] as const] : []),
    ['/readyz', '健康检查 readiness'],
  ];
  return [...forPatients.map((one) => line(baseUrl, one)), ...forStaff.map((one) => line(staffBaseUrl, one))];
}

const grouped = (count: number): string => count.toLocaleString('en');

const steps: Readonly<
  Record<Parameters<TellProgress>[0], (done: number, of: number, detail: number) => string>
> = {
  departments: (done) =>
    `首次启动：正在准备演示医院，数据全部虚构 first start: making the demonstration hospital, all invented\n  科室 departments: ${done}`,
  answers: (done, of, detail) =>
    `  答卷和回访 answers and calls: ${done}/${of} 个月 months, ${grouped(detail)} 份 answers`,
  months: (done, of) => `  月报 months closed: ${done}/${of}`,
  mails: (done, of) => `  月报邮件 mails: ${done}/${of}`,
};

/** One line of what the demonstration hospital's making has come to; of a long step only each quarter is told. */
export function progress(...[step, done, of, detail = 0]: Parameters<TellProgress>): string {
  const quarter = Math.max(1, Math.round(of / 4));
  return done < of && done % quarter > 0 ? '' : `${steps[step](done, of, detail)}\n`;
}

/** The administrator's password before the demonstration is made: a start that is broken off would never come to print it. */
export function administratorLine({
  username,
  oneTimePassword,
}: NonNullable<WelcomeFacts['administrator']>): string {
  return `  管理员 administrator: ${username}, 一次性密码 one-time password: ${oneTimePassword}\n`;
}

const roleTexts: Readonly<Record<DemonstrationReport['accounts'][number]['role'], string>> = {
  nurse: '回访护士 calls patients',
  head: '科主任 head of orthopaedics and emergency',
  director: '院领导 sees the whole hospital',
};

function aboutDemonstration(report: DemonstrationReport): readonly string[] {
  const { responses, discharges, closed, mails, accounts } = report;
  return [
    `  演示医院 demonstration hospital: ${grouped(responses)} 份答卷 answers, ${grouped(discharges)} 例出院 discharges, ${closed.first} – ${closed.last} 已结账 closed, ${mails} 封邮件 mails`,
    '  看点 what to see: 骨科整改见效 orthopaedics improved, 急诊科变差 emergency fell, 眼科份数少 ophthalmology is small, 康复科没有答卷 rehabilitation has none',
    '  演示账号 accounts, passwords shown only now:',
    ...accounts.map(
      ({ username, oneTimePassword, role }) =>
        `    ${username.padEnd(10)}${oneTimePassword}  ${roleTexts[role]}`,
    ),
    '  从空白开始 to start empty: DEMO=false DATA_DIR=data/empty npm start',
  ];
}

/** The text printed once the service is ready: where to look and, at the very first start, how to log in. */
export function welcome(facts: WelcomeFacts): string {
  const { administrator, demonstration, evaluation } = facts;
  return [
    `${evaluation ? '试用模式 evaluation mode: ' : ''}已就绪 ready at ${facts.baseUrl}`,
    ...addresses(facts),
    ...(demonstration ? aboutDemonstration(demonstration) : []),
    ...(administrator
      ? [
          `  管理员 administrator: ${administrator.username}`,
          `  一次性密码 one-time password (shown only now): ${administrator.oneTimePassword}`,
        ]
      : []),
  ].join('\n');
}
