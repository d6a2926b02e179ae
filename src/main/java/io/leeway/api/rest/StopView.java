package io.leeway.api.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leeway.control.Narrowing;
import io.leeway.control.Stop;
import io.leeway.control.StopScope;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.StopLevel;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A stop on the wire.
 *
 * @param confirmation only where one stop is read
 */
@Schema(name = "Stop", description = "A scoped kill switch. It holds until two people have released it.")
record StopView(
        UUID id,
        ScopeView scope,

        @Schema(description = "HALT: nothing goes; APPROVE_ALL: nothing goes without a person's approval")
        StopLevel level,

        @Schema(description = "whether it only is to be noticed: it holds nothing")
        boolean drill,

        String reason,
        String placedBy,
        @Schema(format = "date-time") String placedAt,
        Stop.State state,

        @Schema(description = "who asked for its release, none to two people")
        List<ConsentView> releases,

        @Schema(description = "what of it goes before the rest, in the order in which that was asked for")
        List<NarrowingView> first,

        StopResource.IndexView record,

        @Schema(description = "which agents are known to know of it; only where one stop is read")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        ConfirmationView confirmation) {
    static StopView of(Stop stop) {
        return of(stop, null);
    }

    static StopView of(Stop stop, @Nullable ConfirmationView confirmation) {
        return new StopView(
                stop.id(),
                ScopeView.of(stop.scope()),
                stop.level(),
                stop.isDrill(),
                stop.reason(),
                stop.placedBy(),
                LedgerTime.text(stop.placedAt()),
                stop.state(),
                consents(stop.request(), stop.release()),
                stop.narrowings().stream().map(NarrowingView::of).toList(),
                new StopResource.IndexView(stop.position()),
                confirmation);
    }

    private static List<ConsentView> consents(Stop.@Nullable Consent... given) {
        return Stream.of(given).flatMap(Stream::ofNullable).map(ConsentView::of).toList();
    }

    @Schema(name = "StopScope")
    record ScopeView(
            @Schema(enumeration = {"all", "agent", "action", "subject", "trace"})
            String kind,

            @Schema(description = "empty for `all`") String value) {
        static ScopeView of(StopScope scope) {
            return new ScopeView(scope.kind().wire(), scope.value());
        }
    }

    @Schema(name = "StopPart", description = "A part of a stop that is let go before the rest.")
    record NarrowingView(
            ScopeView scope,

            @Schema(description = "whether the stop still holds it")
            boolean held,

            @Schema(description = "who asked for it, one or two people")
            List<ConsentView> releases) {
        static NarrowingView of(Narrowing narrowing) {
            return new NarrowingView(
                    ScopeView.of(narrowing.scope()),
                    !narrowing.isReleased(),
                    consents(narrowing.request(), narrowing.release()));
        }
    }

    @Schema(name = "ReleaseConsent")
    record ConsentView(
            String by, @Schema(format = "date-time") String at, String reason) {
        static ConsentView of(Stop.Consent consent) {
            return new ConsentView(consent.by(), LedgerTime.text(consent.at()), consent.reason());
        }
    }
}
