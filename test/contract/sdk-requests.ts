/**
 * What the official SDKs send, learnt from the clients themselves: each of their methods is called once with a request
 * that has everything, and what it would send is kept. Nothing is sent: the client's one door is taken off its hinges.
 */

/** The generator's models, as far as they are needed to fill one. */
interface ModelClass {
  new (fields: Record<string, unknown>): unknown;
  types(): Record<string, ModelType>;
}
type ModelType = string | ModelClass | { type: 'array'; itemType: ModelType } | { type: 'map' };

export interface SdkRequest {
  version: string;
  /** As on the wire: `Tag.1.Key`. */
  query: Record<string, string>;
  form: Record<string, string>;
}

interface Sent {
  action: string;
  version: string;
}

/** The one door: every generated method ends here. */
interface Client {
  callApi(params: Sent, request: { query?: Flat; body?: Flat }): Promise<never>;
}
type Flat = Record<string, string>;

/** By action. `sdk` is the package's module, which holds the models beside the client. */
export async function sdkRequests(sdk: object, client: object): Promise<Map<string, SdkRequest>> {
  const requests = new Map<string, SdkRequest>();
  (client as Client).callApi = async ({ action, version }, { query = {}, body = {} }) => {
    requests.set(action, { version, query, form: body });
    throw new Error('kept');
  };
  const models = sdk as Record<string, ModelClass | undefined>;
  const methods = client as Record<string, (...given: unknown[]) => Promise<unknown>>;
  for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(client))) {
    if (!name.endsWith('WithOptions')) continue;
    const model = models[`${name.charAt(0).toUpperCase()}${name.slice(1, -'WithOptions'.length)}Request`];
    // Those without parameters take their options alone.
    await methods[name]?.(...(model ? [new model(everything(model))] : []), {}).catch(() => undefined);
  }
  return requests;
}

const everything = (model: ModelClass): Record<string, unknown> =>
  Object.fromEntries(Object.entries(model.types()).map(([field, type]) => [field, sampleOf(type)]));

function sampleOf(type: ModelType): unknown {
  if (typeof type === 'function') return new type(everything(type));
  if (typeof type === 'object') return type.type === 'array' ? [sampleOf(type.itemType)] : { key: 'value' };
  return type === 'number' ? 1 : type === 'boolean' ? true : 'text';
}
