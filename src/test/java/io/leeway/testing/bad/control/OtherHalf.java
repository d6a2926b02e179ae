package io.leeway.testing.bad.control;

import io.leeway.testing.bad.ledger.Half;

public record OtherHalf(Half half) {}
