import {printSink, sinkOf} from '../../domain/eventing/reference.js'

/** A destination as kn's lists print it: without the namespace, even where it is another one; `undefined` when there is none. */
export const sinkCell = (destination: unknown): string | undefined => {
  const sink = sinkOf(destination, '')
  return sink === undefined ? undefined : printSink(sink, 'ref' in sink ? sink.ref.namespace : '')
}
