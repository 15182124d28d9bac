import {isFound, type Lookup} from '../../core/seen.js'
import {enabledInSpec, type Platform} from '../model.js'
import {serviceKeys, serviceUrl, type ServiceKey} from '../names.js'
import {fromField, fromOperator, type Setting} from '../origin.js'
import {activeClusterPlatform, sharesServices, type ClusterPlatform} from '../workflow/model.js'

/** What a cluster platform gives to the namespaces. */
export interface EffectiveClusterPlatform {
  clusterPlatform: ClusterPlatform
  /** It is the one that counts. */
  active: boolean
  capabilities: Setting<readonly string[]>
  platform: Lookup<Platform>
  /** The services that it shares, with their URLs; empty when the platform cannot be read. */
  urls: Readonly<Partial<Record<ServiceKey, string>>>
}

/** What a cluster platform gives, as long as it is active. */
export const effectiveClusterPlatform = (
  clusterPlatform: ClusterPlatform,
  all: readonly ClusterPlatform[],
  platform: Lookup<Platform>,
): EffectiveClusterPlatform => {
  const {capabilities, ref} = clusterPlatform
  const shared = sharesServices(clusterPlatform) && isFound(platform) ? platform : undefined
  return {
    clusterPlatform,
    active: activeClusterPlatform(all)?.name === clusterPlatform.name,
    capabilities:
      capabilities === undefined
        ? fromOperator(['services'])
        : fromField(capabilities, ref, 'spec.capabilities.workflows'),
    platform,
    urls:
      shared === undefined
        ? {}
        : Object.fromEntries(
            serviceKeys
              .filter((key) => enabledInSpec(shared, key))
              .map((key) => [key, serviceUrl(shared.name, shared.namespace, key)]),
          ),
  }
}

/**
 * How a namespace stands to the services of the cluster: it uses them, has services of its own (any `spec.services` will
 * do), or is the one that gives them.
 */
export const stanceOf = (platform: Platform, clusterPlatform: ClusterPlatform): 'gives' | 'uses' | 'overrides' => {
  const {name, namespace} = clusterPlatform.platform
  if (platform.name === name && platform.namespace === namespace) return 'gives'
  return platform.services === undefined && sharesServices(clusterPlatform) ? 'uses' : 'overrides'
}
