package io.leeway.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import org.jspecify.annotations.Nullable;

/** The pages, {@code templates/console/*.html}; what they use of their parameters is checked in the build. */
@CheckedTemplate(basePath = "console")
final class Templates {
    private Templates() {}

    static native TemplateInstance error(Frame frame, String heading, String detail);

    static native TemplateInstance home(Frame frame);

    static native TemplateInstance signIn(Frame frame, String next, @Nullable String fault);

    static native TemplateInstance decisions(Frame frame, DecisionList list);

    static native TemplateInstance decision(Frame frame, ExplainedDecision decision);

    static native TemplateInstance trace(Frame frame, TraceTree tree);

    static native TemplateInstance timeline(Frame frame, TimelinePage page);

    static native TemplateInstance policies(Frame frame, VersionList list);

    static native TemplateInstance policy(Frame frame, VersionView view);

    static native TemplateInstance policyDiff(Frame frame, VersionDiffView view);

    static native TemplateInstance replay(Frame frame, ReplayView view);

    static native TemplateInstance observed(Frame frame, ObservedView view);

    static native TemplateInstance stops(Frame frame, StopList list);

    static native TemplateInstance stop(Frame frame, StopDetail detail);

    static native TemplateInstance stopScope(@Nullable StopPreview preview);

    static native TemplateInstance stopReview(Frame frame, StopForm form, StopPreview preview);
}
