// tee-seal: secrets sealed to hardware, sent to attested keys, released on a verdict.
#include "cli/seal/commands.h"

int main(int argc, char** argv) {
  using namespace tee::cli;
  const Command commands[] = {seal_overview_command(), seal_command(), unseal_command(), seal_inspect_command()};
  constexpr std::string_view kEnvironment[] = {"HOME", "XDG_STATE_HOME"};  // where the simulator's key lies; nothing else
  run_and_exit({.name = "tee-seal",
                .summary = "seals secrets to hardware and to attested keys",
                .commands = commands,
                .schema = "tee.sealing.1",
                .environment = kEnvironment},
               argc, argv);
}
