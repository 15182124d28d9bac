/** Why something could not be looked at: it is not there, or you have no permission to read it. */
export type NotFound = 'absent' | 'forbidden'
/** What a read gave; a missing object or a missing right is a fact too. */
export type Lookup<T extends object> = T | NotFound

export const isFound = <T extends object>(fact: Lookup<T> | undefined): fact is T => typeof fact === 'object'
