/** A nominal type: values that look alike and must not be mixed up. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
