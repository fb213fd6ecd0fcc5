/** The roles of the account, where its file names them. Whom they trust and what they may is RAM's, which is not here. */
import type { State } from '../state';

export const ROLES = 'ram.roles';

export interface RolesRecord {
  names: string[];
}

/** Any name where the account's file names none. */
export const hasRole = (state: State, name: string): boolean =>
  state.get<RolesRecord>(ROLES, 'names')?.names.includes(name) ?? true;
