/** YAML (or JSON) that a user or a ConfigMap brings; the parser is loaded only when there is something to parse. */
export const parseDocument = async (text: string): Promise<{document: unknown} | {fault: string}> =>
  (await import('./yaml.js')).parseYaml(text)
