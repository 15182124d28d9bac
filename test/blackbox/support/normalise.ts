/** What differs from run to run, and is known before. */
export interface Particulars {
  namespace: string
  server: string
  folder: string
}

/** As long as every namespace of a stage, so that nothing changes its place. */
export const GOLDEN_NAMESPACE = 'box-golden'

/**
 * Takes the places out of a text: the namespace's name (golden texts call it box-golden), the server's address, ports
 * and temporary folders.
 */
export const withoutPlaces = (text: string, {namespace, server, folder}: Particulars): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/(LIVE|PLANNED)-\w{6}/g, '$1-XXXXXX')
    .replaceAll(namespace, GOLDEN_NAMESPACE)
    .replaceAll(folder, '/tmp/folder')
    .replaceAll(server, 'https://server')
    .replaceAll(server.replace('https://', ''), 'server')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')

/**
 * Takes out what depends on when and how often: time stamps, uids, resource versions, generations (a real API server
 * counts the hand-played webhook's defaults as a change, the sandbox's webhook acts before the object is stored), and
 * ages, which keep their width, so that columns stay aligned. Days and sizes of certificates and keys, which are made in
 * the test, keep theirs as well.
 */
export const withoutTimes = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| [+-]\d{4} UTC)?/g, 'TIME')
    .replace(/\b\d{4}-\d\d-\d\d\b/g, 'YYYY-MM-DD')
    .replace(/^( +(?:ca|user)\.(?:crt|key) +)\d+/gm, (row, before: string) => before.padEnd(row.length, 'N'))
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID')
    // SonataFlow's operator shortens names of children, uid and all, by their MD5.
    .replace(/[0-9a-f]{32,}\b/g, 'MD5')
    .replace(/("?(?:resourceVersion|observedGeneration|generation)"?: )("?)\d+\2/g, '$1$2N$2')
    .replace(
      /^( {2}[+!?WI -]{2} \S+ +?)( *(?:\d{1,3}s|\d{1,2}m))(?= |$)/gm,
      (_row, before: string, age: string) => before + 'Ns'.padStart(age.length),
    )
    .replace(/(?<=\s)(?:(\d{1,3})s|(\d{1,2})m)( {2,}|$)/gm, (age: string, _seconds, _minutes, blanks: string) =>
      blanks === '' ? 'Ns' : `Ns${' '.repeat(age.length - 2)}`,
    )

/** How many states on its way are seen while something is waited for is a matter of speed. */
export const withoutProgress = (text: string): string => text.replace(/^waiting for .*\n/gm, '')
