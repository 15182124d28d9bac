/** errors block a command (unless `--force`), warnings are printed, notes say what was done on the user's behalf. */
export type Level = 'error' | 'warning' | 'note'

/** What follows from a code alone, whatever the finding is about. */
export type Trait =
  /** `--force` does not help: the server itself would refuse it, or there is nothing to write to. */
  | 'final'
  /** More than the object in question stands still: said before everything else. */
  | 'urgent'
  /** What is to be created is there already. */
  | 'exists'
  /** Nouns without `update`. */
  | 'no-update'
  /** Something could not be looked at; nothing is known to be wrong. */
  | 'not-verified'
  /** A note that reports keep; they leave the others to the commands. */
  | 'kept'
  /** Somebody waits for an object that is there and not ready. */
  | 'waits'
  /** Nothing happens with the object: a controller or data plane does not act on it. */
  | 'idle'
  /** The data plane for the object is not installed. */
  | 'no-data-plane'
  /** Without it nothing of Knative Eventing is reconciled. */
  | 'stops-eventing'
  /** What was given up cannot be kept; nothing is lost before that. */
  | 'dead-letters'
  /** The certificate or key in a Secret cannot be used; whoever reads the Secret sees it. */
  | 'credentials'
  /** A supporting service is not there or not ready. */
  | 'service'
  /** A trigger or SinkBinding that the operator of platforms should have made. */
  | 'link'
  /** The broker of a platform is missing or fails, so that no links are made. */
  | 'no-links'
  /** The operator of platforms fails over it before it comes to the services. */
  | 'stops-operator'
  /** The database of a platform cannot be used. */
  | 'database'
  /** A service hears of events and has nowhere to send its own. */
  | 'no-sink'
  /** Seen for a while with every new platform. */
  | 'passing'

/** What is known of a code. */
export interface CodeEntry {
  level: Level
  title: string
  traits: readonly Trait[]
}

const entry =
  (level: Level) =>
  (title: string, ...traits: readonly Trait[]): CodeEntry => ({level, title, traits})

export const error = entry('error')
export const warning = entry('warning')
export const note = entry('note')
