import {createStreams, type Streams} from '../../src/terminal/streams.js'

/** Takes what is written, as it arrives. */
export interface Taking {
  out?(text: string): void
  err?(text: string): void
}

/** The program's own streams into a test, without colours and terminals unless the test wants some. */
export const streamsTo = ({out, err}: Taking, wanted: Partial<Streams> = {}): Streams => {
  const to = (take: Taking['out']) => ({
    write(text: string) {
      take?.(text)
      return true
    },
  })
  const streams = createStreams({stdin: {}, stdout: to(out), stderr: to(err), env: {}}, 'never')
  return Object.defineProperties(streams, Object.getOwnPropertyDescriptors(wanted))
}
