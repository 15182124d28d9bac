import {type EditDocument} from '../domain/core/document-edits.js'

/** YAML (or JSON) that a user or a ConfigMap brings; the parser is loaded only when there is something to parse. */
export const parseDocument = async (text: string): Promise<{document: unknown} | {fault: string}> =>
  (await import('./yaml.js')).parseYaml(text)

/** The editor of such a text; loads the parser. */
export const loadEditor = async (): Promise<EditDocument> => (await import('./edit-yaml.js')).editYaml
