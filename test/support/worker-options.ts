import process from 'node:process';

// What a test starts is given no option that jest.config.js has for the workers alone.
const own = process.env['NODE_OPTIONS']?.replace(/ ?--import=\S+typescript\.mjs --max-semi-space-size=\d+$/, '');
if (own) process.env['NODE_OPTIONS'] = own;
else delete process.env['NODE_OPTIONS'];
