import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { copyOf, isInContext, stagesOf } from './dockerfile.mjs';
import { runOrFail, seconds } from './processes.mjs';

/**
 * Follows the Dockerfile of `project` in order: each stage is an empty folder below `work`, each COPY and RUN does there what
 * the image's builder does. Returns the stages with {name, steps, folder (the stage's WORKDIR), env (its ENV)}.
 */
export async function buildStages(project, work, signal) {
  const built = [];
  for (const { name, steps } of stagesOf(readFileSync(path.join(project, 'Dockerfile'), 'utf8'))) {
    const stage = { name, steps, root: path.join(work, name), workdir: '/', env: {} };
    mkdirSync(stage.root, { recursive: true });
    for (const step of steps) await follow(step, { stage, built, project, signal });
    built.push({ ...stage, folder: inside(stage, stage.workdir) });
  }
  return built;
}

async function follow({ instruction, text }, { stage, built, project, signal }) {
  const started = performance.now();
  if (instruction === 'WORKDIR') {
    stage.workdir = text;
    mkdirSync(inside(stage, text), { recursive: true });
  } else if (instruction === 'ENV') {
    const [, name, value] = /^(\w+)=(\S+)$/u.exec(text) ?? [];
    stage.env[name] = value;
  } else if (instruction === 'COPY') {
    copy(text, { stage, built, project });
  } else if (instruction === 'RUN') {
    const cwd = inside(stage, stage.workdir);
    await runOrFail(['sh', '-c', text], { cwd, env: { ...ownEnvironment(), ...stage.env }, signal });
  } else {
    return;
  }
  console.log(`${stage.name}: ${instruction} ${text}  (${seconds(started)})`);
}

function copy(text, { stage, built, project }) {
  const { from, sources, target } = copyOf(text);
  const origin = from === undefined ? { root: project } : built.find(({ name }) => name === from);
  for (const source of sources) {
    if (
      from === undefined &&
      !isInContext(readFileSync(path.join(project, '.dockerignore'), 'utf8'), source)
    ) {
      throw new Error(`.dockerignore keeps ${source} out of the build, which the Dockerfile copies.`);
    }
    // "./" receives the source under its own name, any other target is the source's new name.
    const to = target.endsWith('/') ? path.join(target, path.basename(source)) : target;
    cpSync(path.join(origin.root, source), inside(stage, path.resolve(stage.workdir, to)), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
}

function inside({ root }, folder) {
  return path.join(root, folder);
}

/** What a RUN needs of this machine: its programs, with the Node that runs us first, and npm's own settings. */
function ownEnvironment() {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH: `${path.dirname(process.execPath)}${path.delimiter}${PATH}`, HOME };
}
