import {type Ref} from '../core/object.js'

/** Where a value comes from: a field of an object, or the operator. */
export type Origin = {from: 'field'; ref: Ref; path: string} | {from: 'operator'; note?: string}

/** A value and where it comes from. */
export interface Setting<T> {
  value: T
  origin: Origin
}

export const fromField = <T>(value: T, ref: Ref, path: string): Setting<T> => ({
  value,
  origin: {from: 'field', ref, path},
})

export const fromOperator = <T>(value: T, note?: string): Setting<T> => ({
  value,
  origin: {from: 'operator', ...(note === undefined ? {} : {note})},
})

/** The written value with its path, or the operator's default. */
export const settingOr = <T>(
  written: T | undefined,
  ref: Ref,
  path: string,
  otherwise: T,
  note?: string,
): Setting<T> => (written === undefined ? fromOperator(otherwise, note) : fromField(written, ref, path))

const sameObject = (one: Ref, other: Ref): boolean =>
  one.kind === other.kind && one.name === other.name && one.namespace === other.namespace

/** `SonataFlowPlatform shop/p`, `SonataFlowClusterPlatform c`. */
export const objectText = ({kind, name, namespace}: Ref): string =>
  `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`

/** `spec.eventing.broker`; of another object than `home`: with that object; else `operator default`. */
export const originText = (origin: Origin, home?: Ref): string => {
  if (origin.from === 'operator') return `operator default${origin.note === undefined ? '' : ` (${origin.note})`}`
  return home !== undefined && sameObject(origin.ref, home)
    ? origin.path
    : `${origin.path} of ${objectText(origin.ref)}`
}
