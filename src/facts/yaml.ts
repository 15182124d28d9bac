import {parse} from 'yaml'

/** YAML inside the values of ConfigMaps, or what is wrong with it. A module of its own, so that the parser is loaded
 * only when there is something to parse. */
export const parseYaml = (text: string): {document: unknown} | {fault: string} => {
  try {
    const document: unknown = parse(text, {logLevel: 'error', version: '1.1'})
    return {document}
  } catch (error) {
    return {fault: (error instanceof Error ? error.message : String(error)).split('\n')[0]!.replace(/:$/, '')}
  }
}
