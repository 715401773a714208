#include "crypto/signature_memory.h"

namespace tee::crypto {

// The id is a SHA-256 value already; eight of its bytes are as good a table hash as any.
std::size_t SignatureMemory::Hasher::operator()(const SignatureId& id) const {
  std::size_t out = 0;
  std::memcpy(&out, id.data() + 8, sizeof out);
  return out;
}

void SignatureMemory::Shard::trim(std::size_t limit) {
  while (recent.size() > limit) {
    places.erase(recent.back());
    recent.pop_back();
  }
}

void SignatureMemory::set_capacity(std::size_t entries) {
  const std::size_t limit = entries == 0 ? 0 : (entries + kShards - 1) / kShards;
  per_shard_.store(limit, std::memory_order_relaxed);
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    shard.trim(limit);
  }
}

bool SignatureMemory::knows(const SignatureId& id) {
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.places.find(id);
  if (found == shard.places.end()) return false;
  shard.recent.splice(shard.recent.begin(), shard.recent, found->second);
  return true;
}

void SignatureMemory::remember(const SignatureId& id) {
  Shard& shard = shard_of(id);
  const std::lock_guard lock(shard.mutex);
  if (shard.places.contains(id)) return;
  shard.recent.push_front(id);
  shard.places.emplace(id, shard.recent.begin());
  shard.trim(per_shard_.load(std::memory_order_relaxed));
}

std::size_t SignatureMemory::size() {
  std::size_t out = 0;
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    out += shard.recent.size();
  }
  return out;
}

}  // namespace tee::crypto
