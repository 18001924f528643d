/**
 * What a person needs to know once it runs.
 * @param {string} url
 * @param {Record<string, string | undefined>} env
 */
export function welcome(url, env) {
  const number = env.SANLING_SERVICE_NUMBER || '8000';
  const address = `sip:${number}@127.0.0.1:${env.SIP_TRUNK_PORT}`;
  return `
Sanling 三铃 is ready:  ${url}

  Sign in      801 802 803 804 805 806 (agents 座席), lead 组长, inspector 质检, trainer 内训师, supervisor 主管
  Password     ${env.SANLING_DEMO_PASSWORD}  (for all of them 所有账号)

  To call 来电: open ${url}/phone in a second tab and press Call,
  or dial ${address} with a SIP phone on this machine (UDP).

  Logs: ${env.SANLING_HOME}/log    Stop: Ctrl-C    New demo: npm start -- --reset
`;
}
