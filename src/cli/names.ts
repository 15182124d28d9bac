import {ExitCode, invalid, SflError} from '../domain/core/errors.js'

/** The names a command was given; kn's sentence when there is none. */
export const requireNames = (
  command: string,
  names: readonly string[] | undefined,
  program: string,
): readonly string[] => {
  if (names === undefined || names.length === 0) throw missing(command, program)
  const empty = names.find((name) => name === '')
  if (empty !== undefined) throw invalid(`'${program} ${command}' was given an empty name`)
  names.forEach(checkName)
  return [...new Set(names)]
}

/** What cannot be the last part of a URL is no object's name (apimachinery pkg/api/validation/path). */
export const checkName = (name: string): void => {
  if (name === '.' || name === '..' || /[/%]/.test(name))
    throw invalid(`"${name}" cannot be the name of an object: it may not be "." or "..", nor contain "/" or "%"`)
}

const missing = (command: string, program: string): SflError =>
  new SflError(
    'MissingArgument',
    `'${program} ${command}' requires the ${command.split(' ').slice(0, -1).join(' ')} name`,
    ExitCode.Usage,
    {
      hint: `See '${program} ${command} --help'.`,
    },
  )
