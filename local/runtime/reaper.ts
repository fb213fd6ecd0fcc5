/**
 * Who ends the functions' processes, and what they have started themselves.
 *
 * 1. Each instance leads a process group of its own, so that what it has started goes with it, as in the service, where
 *    the instance is a machine.
 * 2. Killed by SIGKILL the local cloud can end nothing, and an instance in an endless loop never hears that it is alone.
 *    A shell outlives it for that: it is told which groups there are, its input ends however we end, and then it kills
 *    what is left. A watching thread in every instance was the alternative, at ten megabytes each.
 */
import { type ChildProcess, spawn } from 'node:child_process';

export interface Reaper {
  /** A process that leads its group. Without an id it never started. */
  started(child: ChildProcess): void;
  /** It has exited: its id may be another's from now on. */
  exited(child: ChildProcess): void;
  /** Nothing is left to be ended. */
  close(): void;
}

/** $1: a folder to be removed at the end; empty for none. Lines: `+ 123` and `- 123`. */
const SCRIPT = `groups=' '
while read -r verb group; do
  case $verb in
    +) groups="$groups$group " ;;
    -) case $groups in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
  esac
done
for group in $groups; do kill -9 "-$group" 2>/dev/null; done
[ -z "$1" ] || rm -rf "$1"
`;

/** `folder` is removed with what was in it where the local cloud dies and cannot; null where a next life clears it. */
export function startReaper(folder: string | null): Reaper {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'trunkline-reaper', folder ?? ''], {
    cwd: '/',
    // Ctrl-C goes to everybody of the terminal's group: not to this one.
    detached: true,
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Where there is no such shell, or somebody ended it, nothing is reaped, and all else goes on.
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  const tell = (verb: '+' | '-', { pid }: ChildProcess): void => {
    if (pid !== undefined && shell.stdin.writable) shell.stdin.write(`${verb} ${pid}\n`);
  };
  return {
    started: (child) => tell('+', child),
    exited: (child) => tell('-', child),
    close: () => shell.stdin.end(),
  };
}

/** SIGKILL to a process that has not exited yet, or this moment, and to the group that it leads. */
export function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // No such group: it has ended, or the system has none.
    child.kill('SIGKILL');
  }
}
