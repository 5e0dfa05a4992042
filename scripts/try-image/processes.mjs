import { spawn, spawnSync } from 'node:child_process';

/** Seconds since a moment of `performance.now()`, for a person. */
export function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

/** Starts a program in a group of its own, which the signal kills as a whole; {child, output(), ended → code or signal}. */
export function start([program, ...args], { cwd, env, signal }) {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  const keep = (chunk) => {
    output = (output + chunk).slice(-100_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const kill = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  };
  signal.addEventListener('abort', kill, { once: true });
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, how) => resolve(how ?? code));
  }).finally(() => signal.removeEventListener('abort', kill));
  return { child, output: () => output, ended };
}

/** Runs a program to its end; throws with the end of what it said when that is not 0. Returns what it said. */
export async function runOrFail(command, options) {
  const { output, ended } = start(command, options);
  const how = await ended;
  if (how === 0) return output();
  const said = output().trimEnd().split('\n').slice(-25).join('\n');
  throw new Error(`${command.join(' ')} ended with ${how}:\n${said}`);
}

// Makes every mounted file system but the volume DATA_DIR read-only for this process, shows that it is so, then becomes user 1000 without any right.
const CONFINE = `
volume="\${DATA_DIR:-/dev/null}"
mount --bind "$volume" "$volume" || exit 90
while read -r _ where _; do
  case "$where" in /proc*|/sys*|/dev*|"$volume") ;; *) mount -o remount,bind,ro "$where" || exit 91 ;; esac
done < /proc/self/mounts
if (: > ./written) 2>/dev/null || (: > /tmp/written-by-the-trial) 2>/dev/null; then echo 'The root is not read-only.'; exit 92; fi
exec setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"`;

/** The command that runs another one as compose.yaml runs the image; null where this machine does not let us. */
export function confinement() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const confine = ['unshare', '-m', 'sh', '-c', CONFINE, 'confined'];
  const [program, ...args] = [...confine, 'true'];
  return spawnSync(program, args).status === 0 ? confine : null;
}
