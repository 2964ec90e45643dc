// How the openings of an area fit somebody's skills, as reports/own_skills.py answers; choose.js runs it once skills are asked for.
"use strict";
function ownSkillsOf({ data, jobs, tracks, openingsIn }) {
  const ways = new Map(Object.entries(data.skills).flatMap(([skill, written]) => written.map((way) => [folded(way), skill])));

  // the skills of a list with commas, by their names, and the words that name none
  function known(given) {
    const have = new Set(), unknown = [];
    for (const words of given.split(",").map((part) => part.trim()).filter(Boolean)) {
      const skill = ways.get(folded(words).replace(/\s+/g, " "));
      if (skill) have.add(skill);
      else unknown.push(words);
    }
    return { have: [...have], unknown };
  }

  const isThird = (had, named) => 3 * had >= named;
  const byName = (a, b) => (a < b ? -1 : 1);

  // a track's openings that name skills: how many name one of these, how many a third or more of theirs, and the mean part that is had
  function fitOf(track, area, have) {
    const asking = openingsIn(area, [track]).map(jobs.skillsOf).filter((named) => named.length), missing = new Map();
    const fit = { track, asking: asking.length, naming: 0, third: 0, covered: 0 };
    for (const named of asking) {
      const had = named.filter((skill) => have.includes(skill)).length;
      fit.naming += had > 0;
      fit.third += isThird(had, named.length);
      fit.covered += had / named.length / asking.length;
      for (const skill of named.filter((one) => !have.includes(one))) {
        const one = missing.get(skill) ?? { skill, openings: 0, opens: 0 };
        one.openings += 1;
        one.opens += !isThird(had, named.length) && isThird(had + 1, named.length);
        missing.set(skill, one);
      }
    }
    const most = [...missing.values()].sort((a, b) => b.opens - a.opens || b.openings - a.openings || byName(a.skill, b.skill));
    return { ...fit, missing: most.slice(0, data.most_missing) };
  }

  // every track in an area, the one that asks most for them first
  function fits(area, have) {
    const all = tracks.map((track) => fitOf(track, area, have));
    return all.sort((a, b) => !a.asking - !b.asking || b.covered - a.covered || byName(a.track, b.track));
  }

  return { known, fits };
}
