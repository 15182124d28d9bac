/** Feature flags of knative-eventing/config-features that the program's rules depend on. */
export interface Features {
  deliveryTimeout: boolean
  deliveryRetryAfter: boolean
  kreferenceGroup: boolean
  crossNamespaceEventLinks: boolean
  newApiServerSourceFilters: boolean
}

const enabled = (data: Readonly<Record<string, string>>, key: string, otherwise: boolean): boolean =>
  data[key] === undefined ? otherwise : data[key].toLowerCase() === 'enabled'

/** Reads the ConfigMap's data (knative/eventing pkg/apis/feature/features.go); unknown values count as not enabled. */
export const readFeatures = (data: Readonly<Record<string, string>>): Features => ({
  deliveryTimeout: enabled(data, 'delivery-timeout', true),
  deliveryRetryAfter: enabled(data, 'delivery-retryafter', false),
  kreferenceGroup: enabled(data, 'kreference-group', false),
  crossNamespaceEventLinks: enabled(data, 'cross-namespace-event-links', false),
  newApiServerSourceFilters: enabled(data, 'new-apiserversource-filters', false),
})

/** What the controllers use when the ConfigMap is not there. */
export const defaultFeatures: Features = readFeatures({})

/** For judging without having seen the ConfigMap: nothing is held against a setting that a flag could allow. */
export const permissiveFeatures: Features = {
  deliveryTimeout: true,
  deliveryRetryAfter: true,
  kreferenceGroup: true,
  crossNamespaceEventLinks: true,
  newApiServerSourceFilters: true,
}
