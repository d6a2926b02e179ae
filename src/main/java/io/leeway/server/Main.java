package io.leeway.server;

import io.leeway.api.json.ProposalReader;
import io.leeway.cli.Commands;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * The one entry: {@code java -jar quarkus-run.jar [command]}. Without a command, or with {@code serve}, it is the service;
 * every other command decides itself whether it needs one.
 *
 * <p>Exit codes: 0 done, 1 a command that could not do what it was asked, 2 wrong arguments or configuration,
 * 3 a policy with errors, 4 tests of the policy failed.
 */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... arguments) {
        System.exit(Commands.execute(
                () -> new ServiceProcess().run(),
                body -> ProposalReader.read(body).proposal(),
                arguments));
    }
}
