// The memory behind enable_signature_memory(): a bounded set of facts "this signature holds" (S25). Floor F1.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <list>
#include <mutex>
#include <unordered_map>

#include "base/bytes.h"

namespace tee::crypto {

// Full SHA-256 over scheme, form, key, message digest and signature: nothing shorter may identify a
// signature.
using SignatureId = std::array<std::uint8_t, 32>;

// Least recently used entries go first. Only positive facts are kept, otherwise an attacker could fill it for
// free. Sixteen shards, each with its own lock, so that batch workers seldom meet.
class SignatureMemory {
 public:
  void set_capacity(std::size_t entries);  // 0 turns it off and forgets everything
  bool enabled() const { return per_shard_.load(std::memory_order_relaxed) != 0; }
  bool knows(const SignatureId& id);
  void remember(const SignatureId& id);
  std::size_t size();

 private:
  static constexpr std::size_t kShards = 16;
  struct Hasher {
    std::size_t operator()(const SignatureId& id) const;
  };
  struct Shard {
    std::mutex mutex;
    std::list<SignatureId> recent;  // most recent first
    std::unordered_map<SignatureId, std::list<SignatureId>::iterator, Hasher> places;
    void trim(std::size_t limit);
  };

  Shard& shard_of(const SignatureId& id) { return shards_[id[0] % kShards]; }

  std::atomic<std::size_t> per_shard_{0};
  std::array<Shard, kShards> shards_;
};

}  // namespace tee::crypto
