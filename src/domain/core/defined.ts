/** The fields of `T` that have a value; those that may be undefined become optional. */
export type Defined<T> = {[K in keyof T as undefined extends T[K] ? never : K]: T[K]} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

const isDefined = <T extends object>(fields: T, left: object): left is Defined<T> =>
  Object.entries(fields).every(([name, value]) => value === undefined || Object.hasOwn(left, name))

/** The same fields without those that are undefined. */
export const defined = <T extends object>(fields: T): Defined<T> => {
  const left: object = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  if (!isDefined(fields, left)) throw new TypeError('a field got lost')
  return left
}
