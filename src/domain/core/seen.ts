/** Why something could not be looked at: it is not there, or you may not read it. */
export type Unseen = 'absent' | 'forbidden'
/** What a read gave; a missing object or a missing right is a fact too. */
export type Seen<T extends object> = T | Unseen

export const seen = <T extends object>(fact: Seen<T> | undefined): fact is T => typeof fact === 'object'
