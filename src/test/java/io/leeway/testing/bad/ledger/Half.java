package io.leeway.testing.bad.ledger;

import io.leeway.testing.bad.control.OtherHalf;

public record Half(OtherHalf other) {}
