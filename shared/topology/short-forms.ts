/**
 * Short forms become full ones before anything is checked. `office-1: 203.0.113.11 10.10.10.0/24 via virginia` is an
 * office's address, its CIDRs (commas between them) and its VPC. A wrong short form is told as such, not as a missing
 * key of the full one.
 */
import type { Json, JsonObject } from '../json';
import type { Path } from './parse-document';

const OFFICE = /^\s*(\S+)\s+(\S+(?:\s*,\s*\S+)*)\s+via\s+(\S+)\s*$/;

export interface FormProblem {
  path: Path;
  code: string;
  message: string;
  remedy: string;
}

export function expandShortForms(value: Json): { value: Json; problems: FormProblem[] } {
  const problems: FormProblem[] = [];
  if (!isObject(value) || !isObject(value.offices)) return { value, problems };
  const offices = Object.entries(value.offices).flatMap(([name, office]): [string, Json][] => {
    if (typeof office !== 'string') return [[name, office]];
    const expanded = expandOffice(office);
    if (expanded) return [[name, expanded]];
    problems.push({
      path: ['offices', name],
      code: 'short-form',
      message: `"${office.slice(0, 80)}" is no office in short form`,
      remedy: 'Write <address> <CIDR>[,<CIDR>…] via <vpc>, for example 203.0.113.11 10.10.10.0/24 via virginia.',
    });
    return [];
  });
  return { value: { ...value, offices: Object.fromEntries(offices) }, problems };
}

function expandOffice(text: string): JsonObject | null {
  const match = OFFICE.exec(text);
  if (!match) return null;
  const [, address = '', cidrs = '', vpc = ''] = match;
  return { address, cidrs: cidrs.split(',').map((part) => part.trim()), vpc };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
