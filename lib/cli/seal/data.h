// Commands through which data passes: from a file or standard input, to standard output or the file of -o. Floor F5.
//
// Without -o standard output carries the data and nothing else. With -o the file appears complete or not at all, and standard output
// carries a report (tee.sealing/1). What was wrong with the data is a line on standard error, with its code, and the status.
#pragma once

#include "cli/run.h"
#include "seal/stream.h"

namespace tee::cli {

// Memory locked, no core dumps, signals that wipe. The first thing in every command of tee-seal.
void protect(const Run& run);

enum class Carries { sealed, plaintext };

class DataRun {
 public:
  // Refuses a terminal to read from, sealed bytes to a terminal, and two inputs.
  static Result<DataRun> open(Run& run, Carries out);

  seal::Feed& in() { return in_; }
  seal::Sink out();
  // The report of what was done, or what became of it instead. `done` gets schema, action, output and the like added.
  Result<Exit> finish(Result<Json> done);

 private:
  DataRun(Run& run, seal::Feed in, Output out) : run_(run), in_(std::move(in)), out_(std::move(out)) {}
  Status report(Json object, const std::string& text);

  Run& run_;
  seal::Feed in_;
  Output out_;
};

// One input of a command, as a feed.
Result<seal::Feed> open_feed(const std::string& source);

}  // namespace tee::cli
