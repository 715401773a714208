// Real evidence of one machine: what four GPUs and four switches say about each other.
#include <cstdlib>

#include <doctest/doctest.h>

#include "base/env.h"
#include "providers/nvidia/codes.h"
#include "providers/nvidia/evidence.h"
#include "providers/nvidia/topology.h"

using namespace tee;
using namespace tee::nvidia;

namespace {

std::string sample(const std::string& name) {
  const char* given = std::getenv("TEE_VECTORS");
  return std::string(given ? given : TEE_SOURCE_DIR "/../shared/vectors") + "/nvidia/" + name;
}
bool absent() { return !read_file(sample("multi_gpu_hopper.json")).has_value(); }

std::vector<Placed> devices(const std::string& name, bool are_switches) {
  std::vector<Placed> out;
  const auto list = parse_evidence(read_file(sample(name)).value());
  REQUIRE(list.has_value());
  for (const Device& d : *list) out.push_back(placed_by(*d.report, name + "[" + std::to_string(out.size()) + "].", are_switches));
  return out;
}

std::size_t failures(const std::vector<Placed>& all) {
  Findings out;
  check_topology(all, out);
  return out.checks.size();
}

}  // namespace

TEST_CASE("nvidia vectors: GPUs and switches of one machine list each other" * doctest::skip(absent())) {
  std::vector<Placed> all = devices("multi_gpu_hopper.json", false);
  const std::vector<Placed> switches = devices("ppcie-4switch_evidence.json", true);
  CHECK(all.front().listed.size() == 4);
  CHECK(switches.front().listed.size() == 8);
  all.insert(all.end(), switches.begin(), switches.end());
  CHECK(failures(all) == 0);
}

TEST_CASE("nvidia vectors: bad-switch-of-another-machine" * doctest::skip(absent())) {
  std::vector<Placed> all = devices("multi_gpu_hopper.json", false);
  const std::vector<Placed> other = devices("switch_evidence_ls10.json", true);
  all.insert(all.end(), other.begin(), other.end());
  CHECK(failures(all) > 0);
}
