/** Causes that the matrix does not make, and where each is proved instead. */
export const notInMatrix: readonly { readonly cause: string; readonly proof: string }[] = [
  { cause: 'no-path-between-hosts', proof: 'made in causes.test.ts' },
  { cause: 'hosts-file-entry', proof: 'made in service-names.test.ts' },
  { cause: 'service-address-silent', proof: 'service-names.test.ts, where the kernel has no IPVS' },
  { cause: 'stale-service-address', proof: 'made in service-names.test.ts' },
  { cause: 'name-incomplete', proof: 'unit test: takes gossip that is lost for one task alone' },
  { cause: 'name-leads-elsewhere', proof: 'unit test: takes a name server outside of Docker' },
  { cause: 'name-not-known', proof: 'unit test: takes an engine that lacks a name of its own' },
  { cause: 'wrong-address', proof: 'unit test: takes an engine that writes another address than it gives' },
  { cause: 'gateway-bridge-address', proof: 'unit test: takes a name server outside of Docker' },
  { cause: 'unexplained', proof: 'unit test: no cause of its own' },
]
