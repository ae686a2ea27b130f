// Runs the authorization server `oidc-provider`, installed in the folder that is named by the first
// argument, on a free port of this machine, until its standard input ends.
//
// When it is ready it prints a line of JSON: its address, and a refresh token of a user who has
// signed in before.

import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const CLIENT_ID = 'app 1';
const API = 'https://api.partnercenter.microsoft.com';
const OF_THE_USER = `${API}/user_impersonation offline_access`;

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

const entry = join(process.argv[2], 'node_modules', 'oidc-provider', 'lib', 'index.js');
const { Provider } = await import(pathToFileURL(entry));

const server = createServer();
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const url = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(url, {
  clients: [{
    client_id: CLIENT_ID,
    client_secret: process.argv[3],
    grant_types: ['client_credentials', 'authorization_code', 'refresh_token'],
    redirect_uris: ['https://app.example.com/signed-in'],
    token_endpoint_auth_method: 'client_secret_post',
  }],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true },
  },
  // Each refresh token is good once.
  rotateRefreshToken: true,
  scopes: [`${API}/.default`, ...OF_THE_USER.split(' ')],
  ttl: { AccessToken: 600, ClientCredentials: 600, Grant: 3600, RefreshToken: 3600 },
});
server.on('request', provider.callback());

const grant = new provider.Grant({ accountId: 'user', clientId: CLIENT_ID });
grant.addOIDCScope(OF_THE_USER);
const refreshToken = new provider.RefreshToken({
  accountId: 'user',
  client: await provider.Client.find(CLIENT_ID),
  grantId: await grant.save(),
  gty: 'authorization_code',
  scope: OF_THE_USER,
});
console.log(JSON.stringify({ url, refresh_token: await refreshToken.save() }));
