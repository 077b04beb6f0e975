import ipaddr from 'ipaddr.js'
import { isAddress } from '../forms/cidr'

/** Whether an address is one of the Internet's, which anybody can send to. */
export function isPublicAddress(text: string): boolean {
  return isAddress(text) && ipaddr.parse(text).range() === 'unicast'
}
