/** The instructions the Dockerfile may use; each later change that needs another one must teach it to the trial too. */
const KNOWN = new Set('FROM ARG ENV WORKDIR COPY RUN USER EXPOSE STOPSIGNAL HEALTHCHECK CMD'.split(' '));

/** A Dockerfile as stages: [{name, steps: [{instruction, text}]}]; names of ARG before the first FROM are filled in. */
export function stagesOf(dockerfile) {
  const stages = [];
  for (const line of dockerfile.split('\n')) {
    if (/^\s*(?:#|$)/u.test(line)) continue;
    const [, instruction, text] = /^([A-Z]+)\s+(.+)$/u.exec(line) ?? [];
    if (!KNOWN.has(instruction))
      throw new Error(`The trial does not know this line of the Dockerfile: ${line}`);
    if (instruction === 'FROM') {
      stages.push({ name: / AS (\S+)$/u.exec(text)?.[1] ?? 'image', steps: [] });
    } else if (stages.length > 0) {
      stages.at(-1).steps.push({ instruction, text });
    }
  }
  return stages;
}

/** The words of a COPY: {from (a stage's name or undefined), sources, target}. */
export function copyOf(text) {
  const words = text.split(/\s+/u);
  const from = words[0].startsWith('--from=') ? words.shift().slice('--from='.length) : undefined;
  if (words[0].startsWith('--')) throw new Error(`The trial does not know ${words[0]} of COPY.`);
  return { from, sources: words.slice(0, -1), target: words.at(-1) };
}

/** The program and arguments of the last CMD, or of the HEALTHCHECK, of a stage; both are written as JSON. */
export function commandOf(stage, instruction) {
  const text = stage.steps.findLast((step) => step.instruction === instruction)?.text ?? '';
  return JSON.parse(text.slice(text.indexOf('[')));
}

/** Whether .dockerignore lets a path of the project into the build: it refuses all and names what may come, at the top. */
export function isInContext(dockerignore, source) {
  const lines = dockerignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  if (lines[0] !== '*' || lines.slice(1).some((line) => !/^![\w.-]+$/u.test(line))) {
    throw new Error('The trial knows .dockerignore only as "*" and then "!name" lines.');
  }
  return lines.includes(`!${source.split('/')[0]}`);
}
