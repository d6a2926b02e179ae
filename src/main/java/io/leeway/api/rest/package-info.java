/**
 * The HTTP interface under {@code /v1}: resources, what they answer with, and the gate in front of them.
 *
 * <p>May use {@code api.json}, {@code api.problem} and every package below. Read {@link io.leeway.api.rest.Gate} first: every
 * request passes it; then {@link io.leeway.api.rest.Authorization}, then the resources.
 */
@NullMarked
package io.leeway.api.rest;

import org.jspecify.annotations.NullMarked;
