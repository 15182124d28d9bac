import {SflError} from '../domain/core/errors.js'
import {passwordFault, withoutLineEnd} from '../domain/kafka/credentials/kafka-auth-options.js'
import {SecretValue} from '../domain/secret/secret-value.js'
import {mayAsk} from './run-plan.js'
import type {Runtime} from './runtime.js'

/** Files and password of a command about Secrets: what could be read, and in words what was wrong with the rest. */
export interface SecretInput<Name extends string> {
  texts: Partial<Readonly<Record<Name, string>>>
  password?: SecretValue | 'ask'
  faults: readonly string[]
}

export interface PasswordFlags {
  'password-stdin': boolean
  'password-file'?: string | undefined
  'no-input'?: boolean | undefined
  output?: string | undefined
}

/**
 * Reads the files behind flags, and the password from stdin or a file. Without either flag it will be asked for where a
 * person can answer and `passwordNeeded` says that there is one. Never throws for what is in a file: all faults are said
 * together.
 */
export const readSecretInput = async <Name extends string>(
  runtime: Runtime,
  files: Readonly<Record<Name, {flag: string; path: string | undefined}>>,
  flags: PasswordFlags,
  {passwordNeeded, forKafka}: {passwordNeeded: boolean; forKafka: boolean},
): Promise<SecretInput<Name>> => {
  const faults: string[] = []
  const read = async (flag: string, path: string): Promise<string | undefined> => {
    try {
      const text = await runtime.readFile(path)
      if (text.trim() !== '') return text
      faults.push(path === '-' ? `${flag}: stdin is empty` : `${flag} ${path}: the file is empty`)
    } catch (error) {
      if (!(error instanceof SflError)) throw error
      faults.push(`${flag}: ${error.message}`)
    }
    return undefined
  }
  const stdin = [
    ...(flags['password-stdin'] ? ['--password-stdin'] : []),
    ...(flags['password-file'] === '-' ? ['--password-file'] : []),
    ...Object.values<{flag: string; path: string | undefined}>(files).flatMap(({flag, path}) =>
      path === '-' ? [flag] : [],
    ),
  ]
  if (stdin.length > 1) return {texts: {}, faults: [`${stdin.join(' and ')} cannot both read stdin`]}
  if (flags['password-stdin'] && flags['password-file'] !== undefined)
    faults.push('--password-stdin and --password-file contradict each other')

  // It would be shown while it is typed.
  if (flags['password-stdin'] && runtime.streams.interactive)
    return {
      texts: {},
      faults: [...faults, '--password-stdin: stdin is the terminal; leave the flag out to be asked for the password'],
    }

  const names = Object.keys(files) as Name[]
  const texts = await Promise.all(
    names.map(async (name): Promise<[Name, string][]> => {
      const {flag, path} = files[name]
      const text = path === undefined ? undefined : await read(flag, path)
      return text === undefined ? [] : [[name, text]]
    }),
  )
  const source = flags['password-stdin'] ? '-' : flags['password-file']
  const flag = flags['password-stdin'] ? '--password-stdin' : '--password-file'
  const password =
    source === undefined
      ? passwordNeeded && mayAsk(runtime, flags)
        ? 'ask'
        : undefined
      : passwordOf(await read(flag, source), flag, forKafka, faults)
  return {
    texts: Object.fromEntries(texts.flat()) as Partial<Record<Name, string>>,
    ...(password === undefined ? {} : {password}),
    faults,
  }
}

const passwordOf = (
  text: string | undefined,
  flag: string,
  forKafka: boolean,
  faults: string[],
): SecretValue | undefined => {
  if (text === undefined) return undefined
  const password = withoutLineEnd(text)
  const fault = passwordFault(password, forKafka)
  if (fault === undefined) return SecretValue.fromText(password)
  faults.push(`${flag}: ${fault}`)
  return undefined
}

/** Asks for a password twice; nothing is shown while it is typed. */
export const askPassword = async (runtime: Runtime, user: string, forKafka: boolean): Promise<SecretValue> => {
  const check = (answer: string): true | string => passwordFault(answer, forKafka) ?? true
  const text = await runtime.prompts.askHidden(`Password of ${user}:`, check)
  await runtime.prompts.askHidden('The same again:', (answer) => answer === text || 'that was another one')
  return SecretValue.fromText(text)
}
