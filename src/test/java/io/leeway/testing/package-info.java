/**
 * What the tests of several packages build on: PostgreSQL, workbooks from readable text, random tables and proposals, a
 * running service.
 */
package io.leeway.testing;
