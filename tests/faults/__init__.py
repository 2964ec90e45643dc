"""What must hold under faults, hostile input and interrupted runs: tables of cases, proved on real parts."""
