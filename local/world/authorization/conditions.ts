/** The condition operators of RAM's policy language, one line each: does the request's value fit the policy's? */
import { parseCidr } from '../../../shared/cidr';
import { matchesWildcard } from './wildcard';

type Test = (given: string, stated: string) => boolean;

const byNumber =
  (holds: (given: number, stated: number) => boolean): Test =>
  (given, stated) =>
    holds(Number(given), Number(stated));
const byDate =
  (holds: (given: number, stated: number) => boolean): Test =>
  (given, stated) =>
    holds(Date.parse(given), Date.parse(stated));
const inBlock: Test = (given, stated) => {
  const [address, block] = [parseCidr(`${given}/32`), parseCidr(stated.includes('/') ? stated : `${stated}/32`)];
  return address !== null && block !== null && block.first <= address.first && address.last <= block.last;
};

/** One of several stated values is enough. */
const POSITIVE: Readonly<Record<string, Test>> = {
  StringEquals: (given, stated) => given === stated,
  StringEqualsIgnoreCase: (given, stated) => given.toLowerCase() === stated.toLowerCase(),
  StringLike: (given, stated) => matchesWildcard(stated, given, true),
  NumericEquals: byNumber((given, stated) => given === stated),
  NumericLessThan: byNumber((given, stated) => given < stated),
  NumericLessThanEquals: byNumber((given, stated) => given <= stated),
  NumericGreaterThan: byNumber((given, stated) => given > stated),
  NumericGreaterThanEquals: byNumber((given, stated) => given >= stated),
  DateEquals: byDate((given, stated) => given === stated),
  DateLessThan: byDate((given, stated) => given < stated),
  DateLessThanEquals: byDate((given, stated) => given <= stated),
  DateGreaterThan: byDate((given, stated) => given > stated),
  DateGreaterThanEquals: byDate((given, stated) => given >= stated),
  Bool: (given, stated) => given.toLowerCase() === stated.toLowerCase(),
  IpAddress: inBlock,
};

/** None of the stated values may fit. */
const NEGATED: Readonly<Record<string, keyof typeof POSITIVE>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
};

export const isConditionOperator = (name: string): boolean =>
  Object.hasOwn(POSITIVE, name) || Object.hasOwn(NEGATED, name);

/** A key that the request does not have fits nothing, and so fits a negated operator. */
export function conditionHolds(operator: string, given: string | undefined, stated: readonly string[]): boolean {
  const negated = NEGATED[operator];
  const test = POSITIVE[negated ?? operator];
  const fits = test !== undefined && given !== undefined && stated.some((value) => test(given, value));
  return negated === undefined ? fits : !fits;
}
