import type { Rule } from '../evidence'

/** The engine's own warning. Overlay networks go on without forwarding; published ports and the way out do not. */
export const forwardingOff: Rule = {
  id: 'forwarding-off',
  diagnose({ reading }) {
    return (reading?.hosts ?? []).flatMap(({ name, warnings }) => {
      const said = warnings.filter((warning) => warning.includes('IPv4 forwarding is disabled'))
      if (said.length === 0) return []
      return [
        {
          explains: [],
          finding: {
            cause: 'forwarding-off',
            title: `IP forwarding is switched off on ${name}.`,
            confidence: 90,
            hosts: [name],
            containers: [],
            evidence: said.map((warning) => `The engine of ${name} warns: “${warning}”.`),
            remedy:
              'Set net.ipv4.ip_forward to 1 there. Overlay networks work without it; published ports and the way out of containers do not.',
            fixes: [],
          },
        },
      ]
    })
  },
}
