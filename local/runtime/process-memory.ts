/** How much memory a process holds, where the system tells. */
import { readFileSync } from 'node:fs';

export interface ProcessMemory {
  nowMb: number;
  /** The most that it ever held. */
  peakMb: number;
}

/** From /proc; null where there is none, and where the process has gone. */
export function memoryOf(pid: number | undefined): ProcessMemory | null {
  if (pid === undefined) return null;
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    return null;
  }
  const nowMb = megabytes(/^VmRSS:\s+(\d+) kB$/m.exec(status));
  const peakMb = megabytes(/^VmHWM:\s+(\d+) kB$/m.exec(status));
  return nowMb === null || peakMb === null ? null : { nowMb, peakMb };
}

const megabytes = (found: RegExpExecArray | null): number | null => (found ? Number(found[1]) / 1_024 : null);
