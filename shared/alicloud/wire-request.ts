/**
 * An official SDK's request model as it goes over the wire: `vpnGatewayId` is sent as `VpnGatewayId`. With it a
 * misspelt parameter is a compile error, and nothing of the SDK (550 ms, 56 MB) is loaded.
 */
export type WireRequest<M> = {
  [K in keyof M as K extends string ? (string extends K ? never : WireName<K, M[K]>) : never]?: WireValue<M[K]>;
};

type WireName<K extends string, V> = V extends (...input: never[]) => unknown ? never : Capitalize<K>;

type WireValue<V> = V extends (infer Item)[] ? WireValue<Item>[] : V extends object ? WireRequest<V> : V;
