// tee-detect: which trusted execution environments this machine has.
#include "cli/detect/detect_command.h"
#include "cli/run.h"

int main(int argc, char** argv) {
  using namespace tee::cli;
  const Command commands[] = {detect_command()};
  run_and_exit({.name = "tee-detect",
                .summary = "shows which trusted execution environments a machine has",
                .commands = commands,
                .schema = "tee.detection.1",
                .environment = detect_environment()},
               argc, argv);
}
