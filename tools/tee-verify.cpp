// tee-verify: appraises evidence offline.
#include "cli/commands.h"
#include "cli/deployment.h"

int main(int argc, char** argv) {
  using namespace tee::cli;
  const Command commands[] = {verify_command(), inspect_command(), explain_command(), nonce_command(), bench_command()};
  run_and_exit({.name = "tee-verify",
                .summary = "judges evidence of trusted execution environments, offline",
                .commands = commands,
                .schema = "tee.result.1",
                .environment = kBlueprintEnvironment},
               argc, argv);
}
