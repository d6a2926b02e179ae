package io.leeway.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may see a page or use a form: whoever may call that endpoint of the API, {@code POST /v1/stops}. So there is one
 * permission table. A method of a page that bears none of {@link May}, {@link SignedIn} and {@link ForEverybody} is open to nobody.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface May {
    /** Method and template as they stand in the permission table, with a space between them. */
    String value();
}
