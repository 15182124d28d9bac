import type {KubeClient, RequestOptions} from './client.js'

/** The same client, every request of which also ends when `signal` aborts: Ctrl-C works at any point. */
export const withSignal = (client: KubeClient, signal: AbortSignal): KubeClient => {
  const both = <T extends RequestOptions>(options: T | undefined): T & {signal: AbortSignal} => {
    const own = options?.signal
    const joined = own === undefined || own === signal ? signal : AbortSignal.any([own, signal])
    return {...(options as T), signal: joined}
  }
  return {
    get: (ref, options) => client.get(ref, both(options)),
    list: (query, options) => client.list(query, both(options)),
    watch: (query, options) => client.watch(query, both(options)),
    create: (object, options) => client.create(object, both(options)),
    patch: (ref, patch, options) => client.patch(ref, patch, both(options)),
    apply: (object, options) => client.apply(object, both(options)),
    delete: (ref, options) => client.delete(ref, both(options)),
    logs: (ref, options) => client.logs(ref, both(options)),
    portForward: (pod, port, options) => client.portForward(pod, port, both(options)),
    can: (question, options) => client.can(question, both(options)),
    served: (apiVersion, options) => client.served(apiVersion, both(options)),
  }
}
