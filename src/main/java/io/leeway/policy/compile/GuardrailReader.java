package io.leeway.policy.compile;

import io.leeway.model.RuleSource;
import io.leeway.policy.GuardrailMatch;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.Row;
import io.leeway.policy.RuleNames;
import io.leeway.policy.check.FindingCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.GlobalDescr;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.QueryDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Reads one DRL file into guardrails. An allow-list over the parsed file: imports, globals, annotations, patterns and
 * consequences that are named here are understood, everything else is a finding. What is compiled later is written anew
 * from what was understood.
 */
final class GuardrailReader {
    private static final int LARGEST = 256 * 1024;
    private static final int DEEPEST = 32;
    private static final FindingCode CONSTRUCT = FindingCode.DRL_CONSTRUCT;
    private static final Set<String> IMPORTS =
            Set.of("java.math.BigDecimal", "java.time.Duration", "java.time.Instant");
    private static final String VERDICT_TYPE = "io.leeway.policy.VerdictBuilder";
    private static final Set<String> ANNOTATIONS = Set.of("owner", "regulation", "ticket");
    private static final String NAME = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._:,()/+-]{0,119}";

    private final PolicyFile file;
    private final Mentions mentions;
    private final DrlFindings findings;
    private final List<Guardrail> guardrails = new ArrayList<>();

    /**
     * One rule.
     *
     * @param conditions its patterns, as they will be compiled
     */
    record Guardrail(int line, String conditions, GuardrailMatch match) {}

    /** @param mentions takes what the rules of the file ask for */
    GuardrailReader(PolicyFile file, Mentions mentions) {
        this.file = file;
        this.mentions = mentions;
        this.findings = new DrlFindings(file.name());
    }

    DrlFindings findings() {
        return findings;
    }

    List<Guardrail> guardrails() {
        return guardrails;
    }

    /** Reads the file; afterwards there are guardrails, findings, or both. */
    void read() {
        String text = text();
        PackageDescr parsed = text == null ? null : parse(text);
        if (text == null || parsed == null) {
            return;
        }
        List<String> lines = text.lines().toList();
        checkHead(parsed);
        refuse(!parsed.getFunctions().isEmpty(), "functions");
        refuse(!parsed.getFunctionImports().isEmpty(), "imported functions");
        refuse(!parsed.getAccumulateImports().isEmpty(), "imported accumulate functions");
        refuse(!parsed.getClassAndEnumDeclarationDescrs().isEmpty(), "declared types");
        refuse(!parsed.getEntryPointDeclarations().isEmpty(), "entry points");
        refuse(!parsed.getWindowDeclarations().isEmpty(), "windows");
        refuse(!parsed.getAttributes().isEmpty(), "attributes of the package, such as a dialect,");
        refuse(parsed.getUnit() != null, "rule units");
        for (RuleDescr rule : parsed.getRules()) {
            readRule(rule, lines);
        }
    }

    private @Nullable String text() {
        if (file.bytes().length > LARGEST) {
            findings.add(
                    FindingCode.DRL_SYNTAX, 0, "the file has " + file.bytes().length + " bytes", "at most " + LARGEST);
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file.bytes()))
                    .toString();
            if (depth(text) > DEEPEST) {
                findings.add(FindingCode.DRL_SYNTAX, 0, "brackets are nested deeper than " + DEEPEST, "");
                return null;
            }
            return text;
        } catch (CharacterCodingException e) {
            findings.add(FindingCode.DRL_SYNTAX, 0, "the file is not UTF-8", "");
            return null;
        }
    }

    private static int depth(String text) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' || c == '[' || c == '{') {
                deepest = Math.max(deepest, ++depth);
            } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
                depth--;
            }
        }
        return deepest;
    }

    private @Nullable PackageDescr parse(String text) {
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
        PackageDescr parsed;
        try {
            parsed = parser.parse(false, text);
        } catch (DroolsParserException | RuntimeException e) {
            findings.add(FindingCode.DRL_SYNTAX, 0, "the file is no DRL", "");
            return null;
        }
        for (DroolsError error : parser.getErrors()) {
            int line = error.getLines().length > 0 ? error.getLines()[0] : 0;
            findings.add(
                    FindingCode.DRL_SYNTAX,
                    line,
                    "the file is no DRL here: " + error.getMessage().strip(),
                    "");
        }
        if (findings.isEmpty() && (parsed == null || parsed.getRules().isEmpty())) {
            findings.add(FindingCode.DRL_SYNTAX, 0, "the file has no rule", "remove it, or add one");
        }
        return findings.isEmpty() ? parsed : null;
    }

    private void checkHead(PackageDescr parsed) {
        for (ImportDescr imported : parsed.getImports()) {
            String target = imported.getTarget();
            if (!IMPORTS.contains(target) && !target.matches("io\\.leeway\\.model\\.([A-Z]\\w*|\\*)")) {
                findings.add(
                        FindingCode.DRL_IMPORT,
                        imported.getLine(),
                        "import `" + target + "` is not allowed",
                        "allowed are " + GuardrailVocabulary.factNames("io.leeway.model."));
            }
        }
        boolean declared = false;
        for (GlobalDescr global : parsed.getGlobals()) {
            declared = declared || isVerdict(global);
            if (!isVerdict(global)) {
                findings.add(
                        FindingCode.DRL_GLOBAL,
                        global.getLine(),
                        "global `" + global.getType() + " " + global.getIdentifier() + "` is not allowed",
                        "the only one is " + VERDICT_TYPE + " verdict");
            }
        }
        if (!declared) {
            findings.add(FindingCode.DRL_GLOBAL, 1, "the file lacks `global " + VERDICT_TYPE + " verdict`", "");
        }
    }

    private static boolean isVerdict(GlobalDescr global) {
        return VERDICT_TYPE.equals(global.getType()) && Guardrails.VERDICT.equals(global.getIdentifier());
    }

    private void refuse(boolean found, String what) {
        if (found) {
            findings.add(
                    CONSTRUCT, 0, what + " are not allowed in guardrails", "only imports, the global and rules are");
        }
    }

    private void readRule(RuleDescr rule, List<String> lines) {
        String name = rule.getName() == null ? "" : rule.getName();
        int line = rule.getLine();
        if (rule instanceof QueryDescr) {
            findings.add(CONSTRUCT, line, "query `" + name + "` is not allowed in guardrails", "");
            return;
        }
        if (!name.matches(NAME)) {
            findings.add(
                    FindingCode.DRL_NAME,
                    line,
                    "`" + name + "` is no name for a rule",
                    "letters, digits, blanks and ._:,()/+-");
        }
        if (RuleNames.isTaken(name)) {
            findings.add(
                    FindingCode.DRL_NAME,
                    line,
                    "`" + name + "` cannot name a rule",
                    "answers name stages and stops that way");
        }
        for (String attribute : rule.getAttributes().keySet()) {
            findings.add(
                    FindingCode.DRL_ATTRIBUTE,
                    line,
                    "attribute `" + attribute + "` of rule `" + name + "` is not allowed",
                    "");
        }
        if (rule.getParentName() != null) {
            findings.add(CONSTRUCT, line, "rule `" + name + "` extends another, which is not allowed", "");
        }
        if (!rule.getNamedConsequences().isEmpty()) {
            findings.add(CONSTRUCT, line, "rule `" + name + "` has a named consequence, which is not allowed", "");
        }
        String owner = owner(rule, name);
        String conditions = new PatternReader(findings, mentions).read(name, rule.getLhs(), line);
        Optional<Row.Outcome> outcome = new ConsequenceReader(findings, consequenceLine(rule, lines))
                .read(name, String.valueOf(rule.getConsequence()));
        if (owner != null && outcome.isPresent()) {
            RuleSource source = new RuleSource(file.name(), null, null, file.sha256());
            guardrails.add(new Guardrail(line, conditions, new GuardrailMatch(name, owner, source, outcome.get())));
        }
    }

    /** Where the text of the consequence begins: the parser leaves out the rest of a line that ends with {@code then}. */
    private static int consequenceLine(RuleDescr rule, List<String> lines) {
        int then = rule.getConsequenceLine();
        boolean ends = then > 0
                && then <= lines.size()
                && lines.get(then - 1).stripTrailing().endsWith("then");
        return ends ? then + 1 : then;
    }

    private @Nullable String owner(RuleDescr rule, String name) {
        String owner = null;
        for (AnnotationDescr annotation : rule.getAnnotations()) {
            String value = annotation.getSingleValueAsString();
            boolean known = ANNOTATIONS.contains(annotation.getName());
            if (!known || value == null || value.isBlank()) {
                findings.add(
                        FindingCode.DRL_ANNOTATION,
                        rule.getLine(),
                        "annotation `@" + annotation.getName() + "` of rule `" + name + "` is not allowed",
                        "allowed are @owner(\"…\"), @regulation(\"…\") and @ticket(\"…\")");
            } else if (annotation.getName().equals("owner")) {
                owner = AnnotationDescr.unquote(value);
            }
        }
        if (owner == null) {
            findings.add(
                    FindingCode.DRL_ANNOTATION,
                    rule.getLine(),
                    "rule `" + name + "` has no owner",
                    "add @owner(\"…\")");
        }
        return owner;
    }
}
