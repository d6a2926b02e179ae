package io.leeway.testing.bad.ledger;

import jakarta.ws.rs.core.Response;

record SpeaksHttp(Response response) {}
