package io.leeway.api;

import static io.restassured.RestAssured.given;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.restassured.specification.RequestSpecification;

/**
 * Asks once more when the ledger could not record or be asked for a key in time, as callers are told to. A disk that stalls for longer than a
 * caller waits is no fault of what these tests are about; it is printed, so that a service that often needs this is noticed.
 */
final class AskAgain implements Filter {
    private static final int UNAVAILABLE = 503;

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        String said = response.asString();
        if (response.statusCode() != UNAVAILABLE
                || !(said.contains("could not record in time") || said.contains("cannot be checked now"))) {
            return response;
        }
        System.out.println("asked again after 503: " + request.getMethod() + " " + request.getURI());
        RequestSpecification again =
                given().urlEncodingEnabled(false).redirects().follow(false).headers(request.getHeaders());
        Object body = request.getBody();
        if (body instanceof byte[] bytes) {
            again.body(bytes);
        } else if (body != null) {
            again.body(body.toString());
        }
        return again.request(request.getMethod(), request.getURI());
    }
}
