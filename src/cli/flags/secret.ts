import * as Flags from '@oclif/core/flags'
import {invalid} from '../../domain/core/errors.js'
import type {SflCommand} from '../command.js'
import {writeFormat, type WriteFlagValues} from '../run-plan.js'
import type {GlobalFlagValues} from './global.js'
import {forceFlag, writeFlags} from './write.js'

const helpGroup = 'CREDENTIALS'

/** How a password comes in: never on the command line, where other users and the shell's history see it. */
export const passwordFlags = {
  'password-stdin': Flags.boolean({
    helpGroup,
    summary: 'Read the password from stdin; one line end at its end is cut.',
  }),
  'password-file': Flags.string({
    helpGroup,
    helpValue: 'FILE',
    summary: 'Read the password from a file; without either flag it is asked for at a terminal.',
  }),
}

/** The flags of every command that writes a Secret. */
export const secretWriteFlags = {
  replace: Flags.boolean({summary: 'Change the Secret when it is there with other content.'}),
  force: forceFlag('Write it despite preflight errors.'),
  'show-secrets': Flags.boolean({
    helpGroup: 'OUTPUT',
    summary: 'Print the values in -o json and -o yaml instead of masking them.',
  }),
  ...writeFlags,
}

/** Checks `-o`, and that `--show-secrets` has something to show; says that values are masked where that matters. */
export const checkSecretOutput = (
  command: SflCommand,
  flags: Pick<WriteFlagValues, 'output' | 'show-secrets'>,
): void => {
  const {name} = writeFormat(flags.output)
  const whole = name === 'json' || name === 'yaml'
  if (flags['show-secrets'] === true && !whole) throw invalid('--show-secrets needs -o json or -o yaml')
  if (whole && flags['show-secrets'] !== true)
    command.note('the values are masked, so the output cannot be applied; --show-secrets prints them', flags)
}

/**
 * Credentials of Kafka or PostgreSQL have the names that kubectl gives to credentials for the API server; these flags are
 * not meant for the connection here. Throws InvalidArgument for the one that has another name.
 */
export const connectionFlags = (flags: GlobalFlagValues): GlobalFlagValues => {
  if (flags['client-certificate'] !== undefined)
    throw invalid('--client-certificate is for the API server; the certificate for Kafka is given with --client-cert')
  return {...flags, user: undefined, 'client-key': undefined}
}
