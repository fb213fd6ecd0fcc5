/** Roles that the account makes and a service defines: those that EventBridge takes for a queue's stream to a function. */

interface ServiceLinkedRole {
  name: string;
  description: string;
  /** One of RAM's own (ram/system-policies.ts). */
  policy: string;
}

/** As EventBridge's page of them names them. Key: the name that the service calls itself by. */
const SERVICE_LINKED_ROLES: ReadonlyMap<string, ServiceLinkedRole> = new Map([
  ['sendevent-fc.eventbridge.aliyuncs.com', sendsTo('FC', 'Function Compute')],
  ['sendevent-mns.eventbridge.aliyuncs.com', sendsTo('MNS', 'MNS')],
]);

export const serviceLinkedRole = (serviceName: string): ServiceLinkedRole | undefined =>
  SERVICE_LINKED_ROLES.get(serviceName);

function sendsTo(suffix: string, product: string): ServiceLinkedRole {
  const service = `Event Bridge - Send to ${product}`;
  return {
    name: `AliyunServiceRoleForEventBridgeSendTo${suffix}`,
    description: `Service Linked Role for ${service}. ${service} will use this role to access your resources in other services.`,
    policy: `AliyunServiceRolePolicyForEventBridgeSendTo${suffix}`,
  };
}
