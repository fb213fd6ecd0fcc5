/**
 * The magic variables of s.yaml, expanded as Serverless Devs does: a text that is one `${vars.x}` becomes the variable's
 * value, whatever it is; within a longer text it becomes text. Of the tool's functions these are known: `vars`, `env`
 * and `config('AccountID')`. Any other is refused, since the tool would do something that is not checked here.
 */
import type { Environment } from '../../shared/config';
import type { Json, JsonObject } from '../../shared/json';
import type { ParsedDocument } from '../../shared/topology/parse-document';
import type { Place, PlaceTree } from '../../shared/topology/places';
import { didYouMean } from '../../shared/topology/suggest';

export interface Told {
  code: string;
  message: string;
  remedy: string;
}

export interface VariableScope {
  environment: Environment;
  accountId: string;
}

/** Null: it was told already, where the variable stands. */
export type Tell = (place: Place, told: Told | null) => void;

/** The tool looks at a variable's own variables, and at theirs: what is nested deeper it leaves as it stands. */
const DEEPEST = 3;
/** Our file has 200. */
const MOST_EXPANSIONS = 5_000;
const LONGEST = 4_096;

const EXPRESSION = /\$\{([^{}]*)\}/g;
const VARIABLE = /^vars((?:\.[\w-]+)+)$/;
const ENVIRONMENT = /^env\(\s*'([A-Za-z]\w*)'\s*(?:,\s*'([^']*)'\s*)?\)$/;
const CONFIG = /^config\(\s*'(\w+)'\s*\)$/;

type Expansion = { ok: true; value: Json; places: PlaceTree | null } | { ok: false; told: Told | null };

/** The whole document; what cannot be expanded is told and stands as null. */
export function expandVariables(document: ParsedDocument, scope: VariableScope, tell: Tell): ParsedDocument {
  let expansions = 0;

  function expand(value: Json, places: PlaceTree, depth: number): ParsedDocument {
    if (typeof value === 'string') return expandText(value, places, depth);
    if (value === null || typeof value !== 'object') return { value, places };
    const children: PlaceTree['children'] = new Map();
    const one = (key: string | number, child: Json): Json => {
      const expanded = expand(child, places.children?.get(key) ?? places, depth);
      children.set(key, expanded.places);
      return expanded.value;
    };
    const expanded = Array.isArray(value)
      ? value.map((child, index) => one(index, child))
      : Object.fromEntries(Object.entries(value).map(([key, child]) => [key, one(key, child)]));
    return { value: expanded, places: { ...places, children } };
  }

  function expandText(text: string, places: PlaceTree, depth: number): ParsedDocument {
    const nothing = { value: null, places };
    const parts = [...text.matchAll(EXPRESSION)];
    if (text.replace(EXPRESSION, '').includes('${')) {
      tell(places.value, refuse('variable-syntax', 'a ${ has no } of its own', 'Close it, on the same line.'));
      return nothing;
    }
    if (parts.length === 0) return { value: text, places };
    expansions += parts.length;
    if (depth >= DEEPEST) {
      const message = `variables of variables are followed ${DEEPEST} deep`;
      tell(places.value, refuse('variable-depth', message, 'Write the value out.'));
      return nothing;
    }
    // Told once, at the end: from here on everything would be too much.
    if (expansions > MOST_EXPANSIONS) return nothing;
    const values = parts.map(([, expression = '']) => evaluate(expression.trim(), depth));
    const refused = values.flatMap((one) => (one.ok ? [] : [one.told]));
    for (const told of refused) tell(places.value, told);
    if (refused.length > 0) return nothing;
    const [first] = values;
    if (first?.ok && parts[0]?.[0] === text)
      // What the variable holds is told where it stands.
      return { value: first.value, places: first.places?.children ? first.places : places };
    return join(text, values, places);
  }

  function join(text: string, values: readonly Expansion[], places: PlaceTree): ParsedDocument {
    let index = 0;
    let plain = true;
    const joined = text.replace(EXPRESSION, () => {
      const value = values[index]?.ok ? (values[index] as { value: Json }).value : null;
      index += 1;
      if (value === null || typeof value === 'object') plain = false;
      return String(value);
    });
    if (plain && joined.length <= LONGEST) return { value: joined, places };
    const message = plain ? `the text has more than ${LONGEST} characters` : 'a mapping or list stands within a text';
    tell(places.value, refuse('variable-in-text', message, 'Use a variable that is a short text.'));
    return { value: null, places };
  }

  function evaluate(expression: string, depth: number): Expansion {
    const variable = VARIABLE.exec(expression);
    if (variable) return variableAt((variable[1] ?? '').slice(1).split('.'), depth);
    const fromEnvironment = ENVIRONMENT.exec(expression);
    if (fromEnvironment) return environmentValue(fromEnvironment[1] ?? '', fromEnvironment[2]);
    return functionValue(expression);
  }

  function variableAt(path: readonly string[], depth: number): Expansion {
    let value: Json | undefined = mapping(document.value).vars;
    let places = document.places.children?.get('vars');
    for (const [index, part] of path.entries()) {
      const known = Object.keys(mapping(value));
      if (!known.includes(part)) {
        const name = ['vars', ...path.slice(0, index + 1)].join('.');
        const message = `there is no ${name}${didYouMean(part, known)}`;
        return { ok: false, told: refuse('variable-unknown', message, 'Define it under vars, or correct its name.') };
      }
      value = mapping(value)[part];
      places = places?.children?.get(part);
    }
    if (value === undefined || !places) return { ok: true, value: null, places: null };
    const expanded = expand(value, places, depth + 1);
    if (expanded.value === null && value !== null) return { ok: false, told: null };
    return { ok: true, ...expanded };
  }

  function environmentValue(name: string, otherwise: string | undefined): Expansion {
    // Empty is unset: so the tool has it.
    const value = scope.environment[name] || otherwise;
    if (value !== undefined) return { ok: true, value, places: null };
    const remedy = `Set ${name}, or write env('${name}', '…') with what stands where it is not set.`;
    return { ok: false, told: refuse('variable-unset', `the environment has no ${name}`, remedy) };
  }

  function functionValue(expression: string): Expansion {
    const config = CONFIG.exec(expression)?.[1];
    if (config === 'AccountID') return { ok: true, value: scope.accountId, places: null };
    if (config !== undefined)
      return {
        ok: false,
        told: refuse('secret', `config('${config}') would put a key into a function`, 'Use a role.'),
      };
    if (expression.startsWith('resources.'))
      return {
        ok: false,
        told: refuse(
          'resource-reference',
          'what another resource has or answers is known only where all are deployed at once',
          'Write the name out of vars: `s intake deploy` must work too.',
        ),
      };
    const message = `\${${expression.slice(0, 60)}} is none of vars.<name>, env('NAME', 'default'), config('AccountID')`;
    return { ok: false, told: refuse('variable-unknown', message, 'Use one of these.') };
  }

  const expanded = expand(document.value, document.places, 0);
  if (expansions > MOST_EXPANSIONS)
    tell(document.places.value, refuse('variable-number', `more than ${MOST_EXPANSIONS} variables`, 'Use fewer.'));
  return expanded;
}

const refuse = (code: string, message: string, remedy: string): Told => ({ code, message, remedy });

const mapping = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
